"""A project, whole: with its indicators, which another module owns."""

from services.projects.evidence.public import indicators_of_project
from services.projects.work.public import view_project
from shared.contracts.actor import Actor
from shared.contracts.projects.queries import GetProject, ProjectView
from shared.kit.database import Transaction


async def get_project(query: GetProject, actor: Actor, tx: Transaction) -> ProjectView:
    """One project.

    Raises:
        ProjectNotFound: it does not exist, or not for the actor.
    """
    project = await view_project(tx, query.project_id, actor)
    return project.model_copy(update={"indicators": await indicators_of_project(tx, query.project_id, actor)})

"""`python -m services.projects`: run this service alone."""

from services.projects.app import main

if __name__ == "__main__":
    main()

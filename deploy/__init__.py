"""Everything that starts and stops the system: servers, provisioning, supervisor. No rule of the partnership."""

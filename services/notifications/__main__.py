"""`python -m services.notifications`: run this service alone."""

from services.notifications.app import main

if __name__ == "__main__":
    main()

"""`python -m services.contacts`: run this service alone."""

from services.contacts.app import main

if __name__ == "__main__":
    main()

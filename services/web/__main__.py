"""`python -m services.web`: run this service alone."""

from services.web.app import main

if __name__ == "__main__":
    main()

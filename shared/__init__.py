"""What services share: the promises they make one another (`contracts`) and how a service is plumbed (`kit`)."""

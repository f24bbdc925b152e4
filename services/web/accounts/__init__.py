"""Accounts: how a person proves who she is. Who she is, and for whom she speaks, is asked of contacts."""

"""Looking for documents that call for attention, and telling those concerned: a few statements a rule, never one a document."""

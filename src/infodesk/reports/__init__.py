"""What each report says: a template places tables, charts, figures and sentences made from a period's figures."""

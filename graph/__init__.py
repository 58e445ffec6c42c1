"""What the directory knows: tokens and Microsoft Graph."""

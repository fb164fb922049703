"""Every formula of the book, where it stands (`places`), and what it is about (`about`)."""

"""Documents in, files out: md, html, docx, xlsx and pdf, all from the same cells."""

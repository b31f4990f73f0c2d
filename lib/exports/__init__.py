"""All business data as a workbook of the import forms, and what is lost on the way."""

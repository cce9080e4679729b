"""What templates are written with: the case as they see it, edits of trees and of Python."""

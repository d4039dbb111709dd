"""What people are told by mail: few messages, grouped, each thing once."""

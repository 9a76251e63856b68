"""What a report says: frozen, validated records, each aware of its place in the YAML."""

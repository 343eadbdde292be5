// Placeholder until the hop is built.

// What the service manager and the developer say through the environment: the only file that reads it.

import Glibc

/// A variable of the environment; nil when it is not set.
func environment(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

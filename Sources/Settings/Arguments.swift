// The command line, read the same way by every command: what is unknown is refused by name, what is missing is said,
// and the answer always carries a hint.

/// A command refused to run: one clear line, a hint, and a status other than 0.
package struct CommandError: Error, Hashable, Sendable {
    package var message: String
    package var hint: String?
    package var status: Int32

    /// Statuses follow sysexits: 64 usage, 65 data, 66 no input, 69 unavailable, 74 input/output, 75 try later,
    /// 78 configuration.
    package init(_ message: String, hint: String? = nil, status: Int32) {
        (self.message, self.hint, self.status) = (message, hint, status)
    }

    /// A command line that cannot be understood.
    package static func usage(_ message: String, command: String) -> CommandError {
        CommandError(message, hint: "\(command) --help lists what it takes", status: 64)
    }
}

/// What a command takes.
package struct CommandShape: Sendable {
    /// One option with a value, or a switch when `value` is nil.
    package struct Option: Sendable {
        package var name: String
        package var value: String?
        package var help: String
        package var isRequired: Bool

        package init(_ name: String, _ value: String? = nil, _ help: String, isRequired: Bool = false) {
            (self.name, self.value, self.help, self.isRequired) = (name, value, help, isRequired)
        }
    }

    package var name: String
    package var summary: String
    /// Positional arguments by name; one that ends in `?` may be left out.
    package var arguments: [String]
    package var options: [Option]
    /// More about the command, printed below the options; may be empty.
    package var notes: String

    package init(
        _ name: String, _ summary: String, arguments: [String] = [], options: [Option] = [], notes: String = ""
    ) {
        (self.name, self.summary, self.arguments) = (name, summary, arguments)
        (self.options, self.notes) = (options, notes)
    }

    /// The text of `--help`.
    package var help: String {
        var usage = "usage: \(name)"
        for argument in arguments {
            usage += argument.hasSuffix("?") ? " [\(argument.dropLast())]" : " \(argument)"
        }
        for option in options {
            let shown = option.value.map { "\(option.name) \($0)" } ?? option.name
            usage += option.isRequired ? " \(shown)" : " [\(shown)]"
        }
        let names = (options + [Option("--help", nil, "print this and end")]).map { option in
            (option.value.map { "\(option.name) \($0)" } ?? option.name, option.help)
        }
        let width = names.map(\.0.count).max() ?? 0
        let table = names.map { "  \($0.0)\(String(repeating: " ", count: width - $0.0.count))  \($0.1)" }
        return "\(usage)\n\n\(summary)\n\n\(table.joined(separator: "\n"))\n" + (notes.isEmpty ? "" : "\n\(notes)\n")
    }
}

/// A command line that fits its shape.
package struct Arguments: Sendable {
    /// Positional arguments in order.
    package private(set) var positional: [String] = []
    /// `--help` was asked for; nothing else was checked.
    package private(set) var wantsHelp = false
    private var values: [String: String] = [:]
    private var switches: Set<String> = []

    /// Reads `words` (without the command's own name).
    ///
    /// - Throws: `CommandError` for unknown or repeated options, a value or argument missing or left over.
    package init(_ words: [String], shape: CommandShape) throws(CommandError) {
        guard !words.contains("--help"), !words.contains("-h") else {
            wantsHelp = true
            return
        }
        var rest = words[...]
        while let word = rest.popFirst() {
            guard word.hasPrefix("--") else {
                positional.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
            guard let option = shape.options.first(where: { $0.name == parts[0] }) else {
                throw .usage("unknown option \(parts[0])", command: shape.name)
            }
            guard values[option.name] == nil, !switches.contains(option.name) else {
                throw .usage("\(option.name) stands twice", command: shape.name)
            }
            guard let wanted = option.value else {
                guard parts.count == 1 else { throw .usage("\(option.name) takes no value", command: shape.name) }
                switches.insert(option.name)
                continue
            }
            guard let value = parts.count == 2 ? parts[1] : rest.popFirst() else {
                throw .usage("\(option.name) needs \(wanted)", command: shape.name)
            }
            values[option.name] = value
        }
        try check(shape)
    }

    /// The value of an option, if it was given.
    package subscript(name: String) -> String? { values[name] }

    /// Whether a switch was given.
    package func has(_ name: String) -> Bool { switches.contains(name) }

    private func check(_ shape: CommandShape) throws(CommandError) {
        if let missing = shape.options.first(where: { $0.isRequired && values[$0.name] == nil }) {
            throw .usage("\(missing.name) is missing", command: shape.name)
        }
        let needed = shape.arguments.filter { !$0.hasSuffix("?") }
        if positional.count < needed.count {
            throw .usage("\(needed[positional.count]) is missing", command: shape.name)
        }
        if positional.count > shape.arguments.count {
            throw .usage("\(positional[shape.arguments.count]) is one too many", command: shape.name)
        }
    }
}

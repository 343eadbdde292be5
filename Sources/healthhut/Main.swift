// Placeholder until the program is built.
import Vitals

@main struct HealthHut {
    static func main() {}
}

import Glibc

/// Directions, in turns.
enum VennTurn {
    /// The turn that never comes back to where it was (the golden angle).
    static let golden = 0.381_966_011_250_105

    /// The point of the unit circle at an angle.
    static func point(_ turns: Double) -> (x: Double, y: Double) {
        let radians = turns * 2 * Double.pi
        return (cos(radians), sin(radians))
    }
}

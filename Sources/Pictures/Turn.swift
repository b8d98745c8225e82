import Glibc

/// Angles as people show them on a round bread: in turns, clockwise from the top.
public enum Turn {
    /// The point of the unit circle at an angle; `y` grows downwards.
    public static func point(_ turns: Double) -> (x: Double, y: Double) {
        let radians = turns * 2 * Double.pi
        return (sin(radians), -cos(radians))
    }
}

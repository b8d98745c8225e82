/// Width and height in pixels, neither of them zero.
public struct PhotoSize: Sendable, Equatable {
    /// Pixels from left to right.
    public let width: Int
    /// Pixels from top to bottom.
    public let height: Int

    /// A size; nil unless both are from 1 to the most that any kind of file can have.
    public init?(_ width: Int, _ height: Int) {
        guard (1...Int(Int32.max)).contains(width), (1...Int(Int32.max)).contains(height) else {
            return nil
        }
        self.width = width
        self.height = height
    }

    private init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    var pixels: Int { width * height }
    var longerSide: Int { max(width, height) }
    /// The size of the picture laid on its side.
    var turned: PhotoSize { PhotoSize(width: height, height: width) }

    /// This size, or the same shape with a longer side of `most`; a hair stays one pixel wide.
    func fitting(_ most: Int) -> PhotoSize {
        guard longerSide > most else { return self }
        func scaled(_ side: Int) -> Int {
            max(1, (side * most + longerSide / 2) / longerSide)
        }
        return PhotoSize(width: scaled(width), height: scaled(height))
    }

    /// The size after multiplying with a fraction, rounded up as libjpeg does.
    func scaled(by fraction: Fraction) -> PhotoSize {
        func scaled(_ side: Int) -> Int {
            (side * fraction.numerator + fraction.denominator - 1) / fraction.denominator
        }
        return PhotoSize(width: scaled(width), height: scaled(height))
    }

    /// The smallest of some fractions that leaves the longer side at least `least`; the whole
    /// where none does.
    func fraction(leaving least: Int, of offered: [Fraction]) -> Fraction {
        offered.filter { $0.numerator <= $0.denominator }
            .filter { scaled(by: $0).longerSide >= least }
            .min { $0.numerator * $1.denominator < $1.numerator * $0.denominator } ?? .whole
    }

    /// A fraction by which libjpeg can make a picture smaller while it reads it.
    struct Fraction: Equatable {
        let numerator: Int
        let denominator: Int

        static let whole = Fraction(numerator: 1, denominator: 1)
    }
}

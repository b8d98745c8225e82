/// The colours of up to twenty slices: light, so that a dark number on them can be read (7:1 and
/// more), neighbours far apart. The number is the sign that stays when colours do not.
public enum Palette {
    private static let slices: [Colour] = [
        "#f3c969", "#a9c8ea", "#f0a79c", "#a8d8b5", "#d9bce8", "#f7e59a", "#8fd3d1", "#f6c2a0",
        "#c9d68a", "#e3b1c9", "#b9b4ee", "#e8d5b0", "#9fd0f2", "#f2b6b6", "#c2e3c9", "#eac9f0",
        "#f1dc7d", "#b2dfe0", "#edc9ad", "#d6dfae",
    ].map(Colour.init)

    /// The colour of a slice, counted from 0.
    public static func slice(_ index: Int) -> Colour {
        slices[((index % slices.count) + slices.count) % slices.count]
    }

    /// The hexadecimal form of a slice's colour, for pages.
    public static func hex(_ index: Int) -> String { slice(index).hex }
}

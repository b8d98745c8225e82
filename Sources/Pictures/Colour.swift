/// The colours of the house, those of `tokens.css`: a picture looks like the page around it.
public struct Colour: Sendable, Equatable {
    let hex: String

    /// The ground of pages.
    public static let paper = Colour(hex: "#faf6ee")
    /// White.
    public static let card = Colour(hex: "#ffffff")
    /// A ground a little darker than paper.
    public static let sunk = Colour(hex: "#f1eadd")
    /// Thin lines and empty bars.
    public static let line = Colour(hex: "#d9cebb")
    /// Text.
    public static let ink = Colour(hex: "#1b1f24")
    /// Text that says less.
    public static let soft = Colour(hex: "#444a52")
    /// What matters.
    public static let indigo = Colour(hex: "#1f3a5f")
    /// Its ground.
    public static let indigoGround = Colour(hex: "#e6edf6")
    /// What matters now.
    public static let madder = Colour(hex: "#8b1e18")
    /// Its ground.
    public static let madderGround = Colour(hex: "#fbe9e6")
    /// What is done, and green things.
    public static let juniper = Colour(hex: "#1a5035")
    /// Its ground.
    public static let juniperGround = Colour(hex: "#e2f1e8")
    /// What the rules found.
    public static let ochre = Colour(hex: "#633f00")
    /// Its marks and edges.
    public static let ochreMark = Colour(hex: "#b97800")
    /// Its ground.
    public static let ochreGround = Colour(hex: "#fdf1d5")
    /// The yellow of the ornament.
    public static let felt = Colour(hex: "#f3c969")
}

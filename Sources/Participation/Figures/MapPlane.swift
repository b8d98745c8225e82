/// The sheet that a resource map is drawn on, in one place for pages, pictures and demo.
///
/// A map unit is a thousandth of the sheet's width and has no metres: people draw their village
/// from memory, and what is near to them is large. `x` grows to the right and `y` downwards from
/// the upper left corner, as on paper. The sheet has the shape of the usual paper (A1 to A3, lying).
/// Drawing goes on beyond its edges as far as a geometry may reach.
public enum MapPlane {
    /// Map units from the left edge to the right one.
    public static let width = 1000.0
    /// Map units from the upper edge to the lower one.
    public static let height = 700.0
}

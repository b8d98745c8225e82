/// Bounds on photographs.
public enum PhotoLimits {
    /// Bytes of a file that is handed in.
    public static let uploadBytes = 41_943_040
    /// Pixels of the longer side of what is kept.
    public static let longerSide = 2048
    /// Bytes of what is kept.
    public static let keptBytes = 8_388_608
    /// Pixels of one side of a file that is handed in.
    static let side = 65_535
    /// How good the pictures that are kept look, tried in this order until one is small enough.
    static let qualities: [Int32] = [82, 65, 40]
    /// Seconds of computing for one photograph.
    public static let cpuSeconds = 40
    /// Seconds one photograph may take in all.
    public static let seconds = 90
    /// Bytes of memory that reducing one may use.
    public static let memoryBytes = 671_088_640
}

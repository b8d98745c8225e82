/// A photograph as it is kept: a JPEG that stands upright, with nothing in it but the picture.
public struct ReducedPhoto: Sendable, Equatable {
    /// The bytes of the JPEG.
    public let bytes: [UInt8]
    /// Its size.
    public let size: PhotoSize
    /// When it was taken, `YYYY-MM-DDTHH:MM:SS` by the camera's clock; nil where it did not say.
    public let takenAt: String?

    /// Gathers what a child process said.
    public init(bytes: [UInt8], size: PhotoSize, takenAt: String?) {
        self.bytes = bytes
        self.size = size
        self.takenAt = takenAt
    }
}

/// Makes photographs small, upright and silent about where they were taken.
public enum PhotoReducer {
    /// Reads a file and writes it anew. Decoders are large and pictures come from anywhere, so
    /// the program does this in a process that may do nothing else.
    /// - Throws: ``PhotoRefusal``.
    public static func reduce(_ file: [UInt8]) throws -> ReducedPhoto {
        guard !file.isEmpty else { throw PhotoRefusal.empty }
        guard file.count <= PhotoLimits.uploadBytes else { throw PhotoRefusal.tooManyBytes }
        guard let format = PhotoFormat(file) else {
            throw PhotoFormat.isHEIF(file) ? PhotoRefusal.heif : .noPhotograph
        }
        let exif = Exif(file, format)
        let side = PhotoLimits.longerSide
        let raster =
            switch format {
            case .jpeg: try JPEGCodec.decode(file, side: side)
            case .png: try PNGCodec.decode(file)
            case .webp: try WebPCodec.decode(file, side: side)
            }
        try raster.shrink(to: raster.size.fitting(side))
        let upright = try raster.turned(exif.orientation)
        return ReducedPhoto(
            bytes: try JPEGCodec.encode(upright), size: try upright.size, takenAt: exif.takenAt)
    }

    /// Refuses sizes that need too much memory, before any of it is taken.
    static func check(_ size: PhotoSize, _ format: PhotoFormat) throws {
        guard size.longerSide <= PhotoLimits.side, size.pixels <= format.mostPixels else {
            throw PhotoRefusal.tooManyPixels
        }
    }
}

import CImageCodecs

/// Pixels in memory of blue, green, red and opacity, in libwebp's own kind of picture, which can
/// be made smaller and laid on white by it.
final class Raster {
    private var picture = WebPPicture()

    /// Room for a picture.
    /// - Throws: ``PhotoRefusal/tooManyPixels`` where there is not enough memory.
    init(_ size: PhotoSize) throws {
        guard WebPPictureInit(&picture) != 0 else { throw PhotoRefusal.tooManyPixels }
        picture.use_argb = 1
        picture.width = Int32(size.width)
        picture.height = Int32(size.height)
        guard WebPPictureAlloc(&picture) != 0 else { throw PhotoRefusal.tooManyPixels }
    }

    deinit { WebPPictureFree(&picture) }

    var size: PhotoSize {
        get throws {
            guard let size = PhotoSize(Int(picture.width), Int(picture.height)) else {
                throw PhotoRefusal.damaged
            }
            return size
        }
    }

    /// Bytes from one row to the next.
    var pitch: Int { Int(picture.argb_stride) * 4 }

    /// Works with the pixels as bytes.
    func withBytes<Result>(
        _ work: (UnsafeMutablePointer<UInt8>, _ count: Int) throws -> Result
    ) throws -> Result {
        let count = pitch * Int(picture.height)
        guard let pixels = picture.argb else { throw PhotoRefusal.tooManyPixels }
        return try pixels.withMemoryRebound(to: UInt8.self, capacity: count) {
            try work($0, count)
        }
    }

    /// Lays what is transparent on white.
    func layOnWhite() { WebPBlendAlpha(&picture, 0xFFFFFF) }

    /// Makes it smaller where it is larger than a size.
    func shrink(to size: PhotoSize) throws {
        guard picture.width > Int32(size.width) || picture.height > Int32(size.height) else {
            return
        }
        guard WebPPictureRescale(&picture, Int32(size.width), Int32(size.height)) != 0 else {
            throw PhotoRefusal.tooManyPixels
        }
    }

    /// The same picture as it would be seen by who stood upright.
    func turned(_ orientation: Orientation) throws -> Raster {
        guard orientation != .upright else { return self }
        let taken = try size
        let upright = orientation.isOnItsSide ? taken.turned : taken
        let raster = try Raster(upright)
        guard let from = picture.argb, let to = raster.picture.argb else {
            throw PhotoRefusal.tooManyPixels
        }
        let (fromStride, toStride) = (Int(picture.argb_stride), Int(raster.picture.argb_stride))
        // A row goes along a straight line of the picture that was taken.
        for y in 0..<upright.height {
            let start = orientation.source(0, y, in: taken)
            let next = orientation.source(1, y, in: taken)
            let step = (next.y - start.y) * fromStride + next.x - start.x
            var source = start.y * fromStride + start.x
            var target = y * toStride
            let end = target + upright.width
            while target < end {
                to[target] = from[source]
                target += 1
                source += step
            }
        }
        return raster
    }
}

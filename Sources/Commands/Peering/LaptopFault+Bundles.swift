import Store
import SyncTransport
import WebUI

extension LaptopFault {
    /// What an error with a bundle is to the person who has the stick in hand.
    init(ofBundle error: any Error) {
        switch error {
        case let fault as LaptopFault: self = fault
        case let fault as BundleFault: self.init(fault)
        case let fault as BundleWriteFault: self.init(fault)
        case BundleRefusal.gap: self = .gapBundle
        case BundleRefusal.lie: self = .damagedBundle
        case StoreError.diskFull: self = .diskFull
        case StoreError.notFound: self = .noCommunity
        default: self = .failed
        }
    }

    private init(_ fault: BundleFault) {
        self =
            switch fault {
            case .notABundle: .notBundle
            case .newerVersion: .newerBundle
            case .otherCommunity: .foreignBundle
            case .notForThisLaptop: .notForUs
            case .unknownAuthor: .unknownMaker
            case .truncated: .cutBundle
            case .altered, .malformed: .damagedBundle
            case .partMissing: .missingPart
            case .gaps: .gapBundle
            case .unreadable: .goneBundle
            }
    }

    private init(_ fault: BundleWriteFault) {
        self =
            switch fault {
            case .badName: .notBundle
            case .exists: .fileExists
            case .noRoom: .diskFull
            case .mediumGone, .unwritable, .readBackDiffers: .badStick
            case .tooLarge: .failed
            }
    }
}

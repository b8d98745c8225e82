import Participation
import Testing

struct RunningTimesTests {
    /// 21 November 2026, 10:00 in Kyrgyzstan.
    private static let ten = Moment(seconds: 1_795_233_600)

    private static func at(_ minutes: Int) -> Moment { ten.adding(minutes * 60) }

    /// Items of 15, 30 and 20 minutes; moments in minutes after ten.
    private static func times(
        _ went: [(begun: Int?, ended: Int?)], planned: Int? = 600, now: Int,
        minutes: [Int?] = [15, 30, 20]
    ) throws -> RunningTimes {
        let items = try zip(minutes, went).enumerated().map { index, item in
            RunningTimes.Item(
                try Town.id("i\(index)"), minutes: item.0,
                begunAt: item.1.begun.map(at), endedAt: item.1.ended.map(at))
        }
        return RunningTimes(items, plannedStart: planned, now: at(now))
    }

    private static func after(
        _ moves: [RunningTimes.Move], _ times: RunningTimes,
        _ went: [(begun: Int?, ended: Int?)]
    ) throws -> [(begun: Int?, ended: Int?)] {
        var went = went
        for move in moves {
            let index = try #require(times.steps.firstIndex { $0.id == move.id })
            func minutes(_ moment: Moment?) -> Int? {
                moment.map { ($0.seconds - ten.seconds) / 60 }
            }
            went[index] = (minutes(move.begunAt), minutes(move.endedAt))
        }
        return went
    }

    @Test func `a moment is read as it is written, and nothing else is`() {
        #expect(Self.ten.description == "2026-11-21T04:00:00Z")
        for text in [
            "2026-11-21T04:00:00Z", "1970-01-01T00:00:00Z", "1969-12-31T23:59:59Z",
            "1900-01-01T00:00:00Z", "2000-02-29T12:30:07Z", "2100-12-31T23:59:59Z",
        ] {
            #expect(Moment(text)?.description == text)
        }
        for text in [
            "", "10:15", "2026-11-21", "2026-02-30T04:00:00Z", "2026-11-21T24:00:00Z",
            "2026-11-21T04:00:00+", "9999-01-01T00:00:00Z", "2026-11-21t04:00:00Z",
            "2026-11-21T0é:00:00Z",
        ] {
            #expect(Moment(text) == nil, "\(text)")
        }
        for days in stride(from: -25_000, through: 47_000, by: 7) {
            #expect(CalendarDate(daysSince1970: days).daysSince1970 == days)
        }
        #expect(Moment(milliseconds: .max).description == "2100-12-31T23:59:59Z")
        #expect(Moment(seconds: .max).adding(.max) == Moment(seconds: .max))
        #expect(Moment(seconds: .min).adding(.min) == Moment(seconds: .min))
    }

    @Test func `a whole meeting goes by pressing next`() throws {
        var went: [(begun: Int?, ended: Int?)] = [(nil, nil), (nil, nil), (nil, nil)]
        var stages: [RunningTimes.Stage] = []
        for now in [2, 20, 50, 75] {
            let times = try Self.times(went, now: now)
            stages.append(times.stage)
            went = try Self.after(times.stepOn, times, went)
        }
        #expect(stages == [.notBegun, .running, .running, .running])
        let end = try Self.times(went, now: 300)
        #expect(end.stage == .ended && end.current == nil && end.next == nil)
        #expect(end.steps.map(\.took) == [18, 30, 25])
        // 65 minutes from ten; it ended at 11:15.
        #expect(end.late == 10 * 60)
        #expect(end.stepOn.isEmpty)
    }

    @Test func `what goes on is late with all that follows`() throws {
        let times = try Self.times([(5, 30), (30, nil), (nil, nil)], now: 70)
        #expect(times.current == 1 && times.elapsed == 40 * 60)
        // The item is over by ten minutes: it ends now at the earliest.
        #expect(times.expectedEnd == Self.at(90))
        #expect(times.late == 25 * 60)
        #expect(times.steps[2].start == Self.at(70))
        let early = try Self.times([(0, 5), (5, nil), (nil, nil)], now: 10)
        #expect(early.late == -10 * 60)
    }

    @Test func `a meeting that was put off is not late by half a day`() throws {
        let times = try Self.times([(600, nil), (nil, nil), (nil, nil)], now: 603)
        #expect(times.late == 0)
        let unknown = try Self.times([(5, nil), (nil, nil), (nil, nil)], planned: nil, now: 6)
        #expect(unknown.late == 0)
    }

    @Test func `it goes on past midnight`() throws {
        // Planned for 23:50, begun at 0:05.
        let begun = 14 * 60 + 5
        let times = try Self.times(
            [(begun, nil), (nil, nil), (nil, nil)], planned: 23 * 60 + 50, now: begun + 1)
        #expect(times.late == 15 * 60)
        #expect(times.expectedEnd == Self.at(begun + 65))
    }

    @Test func `two items that were begun and not ended leave the last one going on`() throws {
        let went: [(begun: Int?, ended: Int?)] = [(0, nil), (20, nil), (nil, nil)]
        let times = try Self.times(went, now: 30)
        #expect(times.current == 1)
        #expect(times.steps.map(\.state) == [.done, .now, .waiting])
        #expect(times.steps[0].took == 20)
        // Next mends what was left open.
        let mended = try Self.after(times.stepOn, times, went)
        #expect(mended.map(\.ended) == [20, 30, nil])
        #expect(mended[2].begun == 30)
    }

    @Test func `moments that lie in the future count as now`() throws {
        let went: [(begun: Int?, ended: Int?)] = [(0, 90), (90, nil), (nil, nil)]
        let times = try Self.times(went, now: 20)
        #expect(times.current == 1 && times.elapsed == 0 && times.late == 5 * 60)
        let next = try Self.after(times.stepOn, times, went)
        #expect(next[1].begun == 20 && next[1].ended == 20 && next[2].begun == 20)
        // An end before the beginning, by a clock that is behind, is an end all the same.
        let odd = try Self.times([(10, 5), (nil, nil), (nil, nil)], now: 20)
        #expect(odd.stage == .resting && odd.steps[0].took == 0)
    }

    @Test func `an end without a beginning is done, and what is missing does no harm`() throws {
        let times = try Self.times([(nil, 10), (nil, nil), (nil, nil)], now: 20)
        #expect(times.stage == .resting && times.next == 1 && times.steps[0].took == nil)
        #expect(times.late == nil)
        let none = RunningTimes([], plannedStart: nil, now: Self.ten)
        #expect(none.stage == .notBegun && none.next == nil && none.stepOn.isEmpty)
        #expect(none.stepBack.isEmpty && none.late == nil)
        let endless = try Self.times(
            [(0, nil), (nil, nil), (nil, nil)], now: 5, minutes: [nil, nil, 20])
        #expect(endless.isOpenEnded && endless.steps[2].start == nil)
    }

    @Test func `an item that was forgotten overnight says so and asks nobody to hurry`() throws {
        let times = try Self.times([(0, nil), (nil, nil), (nil, nil)], now: 24 * 60)
        #expect(times.isForgotten && times.late == nil && times.expectedEnd == nil)
    }

    @Test func `back undoes each step, whatever the step was`() throws {
        let start: [(begun: Int?, ended: Int?)] = [(nil, nil), (nil, nil), (nil, nil)]
        var (went, history) = (start, [start])
        for now in [0, 15, 45, 65] {
            let times = try Self.times(went, now: now)
            went = try Self.after(times.stepOn, times, went)
            history.append(went)
        }
        for before in history.dropLast().reversed() {
            let times = try Self.times(went, now: 70)
            went = try Self.after(times.stepBack, times, went)
            #expect(went.map(\.begun) == before.map(\.begun))
            #expect(went.map(\.ended) == before.map(\.ended))
        }
        #expect(try Self.times(went, now: 70).stepBack.isEmpty)
    }

    @Test func `an item is gone to out of order, and back`() throws {
        let went: [(begun: Int?, ended: Int?)] = [(0, nil), (nil, nil), (nil, nil)]
        let times = try Self.times(went, now: 12)
        let gone = try Self.after(times.go(to: try Town.id("i2")), times, went)
        let there = try Self.times(gone, now: 13)
        #expect(there.current == 2 && there.next == nil && there.steps[1].state == .waiting)
        #expect(there.go(to: try Town.id("i0")).isEmpty)
        let back = try Self.after(there.stepBack, there, gone)
        #expect(back[0].ended == nil && back[2].begun == nil)
    }

    @Test func `a break with a time of its own is kept`() throws {
        let items = try [(30, nil), (30, 14 * 60)].enumerated().map { index, item in
            RunningTimes.Item(
                try Town.id("i\(index)"), minutes: item.0, fixedStart: item.1,
                begunAt: index == 0 ? Self.at(180) : nil)
        }
        let times = RunningTimes(items, plannedStart: 13 * 60, now: Self.at(185))
        #expect(times.steps[1].start == Self.at(240))
        #expect(times.late == 0)
    }

    @Test func `any programme in any state is counted`() throws {
        var generator = SeededNumbers(seed: 11)
        for _ in 0..<2000 {
            let count = Int.random(in: 0...6, using: &generator)
            func moment() -> Moment? {
                Bool.random(using: &generator)
                    ? Moment(seconds: Int.random(in: Int.min...Int.max, using: &generator))
                    : Bool.random(using: &generator)
                        ? Self.at(Int.random(in: -2000...2000, using: &generator)) : nil
            }
            let items = try (0..<count).map { index in
                RunningTimes.Item(
                    try Town.id("i\(index)"),
                    minutes: Bool.random(using: &generator)
                        ? Int.random(in: Int.min...Int.max, using: &generator) : nil,
                    fixedStart: Bool.random(using: &generator)
                        ? Int.random(in: 0...1439, using: &generator) : nil,
                    begunAt: moment(), endedAt: moment())
            }
            let times = RunningTimes(
                items, plannedStart: Int.random(in: 0...1439, using: &generator), now: Self.ten)
            #expect(
                times.steps.count(where: { $0.state == .now }) == (times.current == nil ? 0 : 1))
            #expect(times.elapsed >= 0 && times.steps.allSatisfy { ($0.took ?? 0) >= 0 })
            // After "next" at most one item goes on.
            var left = items
            for move in times.stepOn {
                let index = try #require(times.steps.firstIndex { $0.id == move.id })
                left[index] = RunningTimes.Item(
                    move.id, minutes: 5, begunAt: move.begunAt, endedAt: move.endedAt)
            }
            let next = RunningTimes(left, plannedStart: nil, now: Self.ten)
            #expect(times.next == nil || times.next == next.current)
        }
    }
}

/// Numbers that a seed decides (SplitMix64).
struct SeededNumbers: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var bits = state
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits >> 31)
    }
}

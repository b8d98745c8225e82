import Mustache

extension RankingPage {
    /// A place in the table. A ranking has hundreds of them and their parts, so they name their
    /// children themselves: looking them up by reflection took most of the page's time.
    struct Row: Sendable {
        let id: String
        let place: String
        let name: String
        let cells: [Cell]
        let votes: String
        let percent: String
        let isPriority: Bool
        let isTheme: Bool
        let isChosen: Bool
        let about: String?
        let href: String
        let why: String?
        let merged: String?
        let parts: [Part]
        /// The way to the parts that are not shown.
        let moreParts: String?
        let wholeHref: String
    }

    /// The votes of a row in one column.
    struct Cell: Sendable {
        let label: String
        let count: String
    }

    /// One of the merged.
    struct Part: Sendable {
        let partId: String
        let partName: String
        let partAbout: String
        let partVotes: String
        let added: String
        let partWhy: String?
        let partHref: String
    }
}

extension RankingPage.Row: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "id": id
        case "place": place
        case "name": self.name
        case "cells": cells
        case "votes": votes
        case "percent": percent
        case "isPriority": isPriority
        case "isTheme": isTheme
        case "isChosen": isChosen
        case "about": about
        case "href": href
        case "why": why
        case "merged": merged
        case "parts": parts
        case "moreParts": moreParts
        case "wholeHref": wholeHref
        default: nil
        }
    }
}

extension RankingPage.Cell: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "label": label
        case "count": count
        default: nil
        }
    }
}

extension RankingPage.Part: MustacheParent {
    func child(named name: String) -> Any? {
        switch name {
        case "partId": partId
        case "partName": partName
        case "partAbout": partAbout
        case "partVotes": partVotes
        case "added": added
        case "partWhy": partWhy
        case "partHref": partHref
        default: nil
        }
    }
}

// When the district says that more than one record has our identifier, somebody looks: are they copies of what we
// sent, made by a race inside the server, or something else? And before a record is withdrawn its present version must
// be known. Both begin with a search by identifier, posted as a form so that nothing of it stands in a URL.

import FoundationEssentials
import Vitals

/// One Observation as the district holds it.
package struct HeldObservation: Hashable, Sendable {
    package var id: String
    /// Version for `If-Match`; nil where the server keeps none.
    package var version: String?
    package var status: String
    var content: ObservedContent

    /// `Observation/1/_history/2`.
    package var location: String { version.map { "Observation/\(id)/_history/\($0)" } ?? "Observation/\(id)" }
}

/// What makes two Observations the same measurement: time, values and units.
struct ObservedContent: Hashable, Decodable {
    struct Value: Hashable, Decodable {
        var value: Double
        var code: String?
    }

    struct Component: Hashable, Decodable { var valueQuantity: Value? }

    var effectiveDateTime: String?
    var valueQuantity: Value?
    var component: [Component]?

    /// nil for a resource that is no Observation of ours.
    init?(_ resource: JSON) {
        guard let read = try? JSONDecoder().decode(ObservedContent.self, from: Data(resource.bytes)) else { return nil }
        self = read
    }
}

/// The Observations of a search answer; nil when the answer is not a search answer.
package func heldObservations(in answer: Answer) -> [HeldObservation]? {
    struct Found: Decodable {
        struct Entry: Decodable { var resource: Resource? }
        struct Resource: Decodable {
            struct Meta: Decodable { var versionId: String? }
            var resourceType: String
            var id: String?
            var meta: Meta?
            var status: String?
            var content: ObservedContent

            enum Key: CodingKey { case resourceType, id, meta, status }

            init(from decoder: any Decoder) throws {
                let keys = try decoder.container(keyedBy: Key.self)
                resourceType = try keys.decode(String.self, forKey: .resourceType)
                id = try keys.decodeIfPresent(String.self, forKey: .id)
                meta = try keys.decodeIfPresent(Meta.self, forKey: .meta)
                status = try keys.decodeIfPresent(String.self, forKey: .status)
                content = try ObservedContent(from: decoder)
            }
        }
        var resourceType: String
        var type: String
        var entry: [Entry]?
    }
    guard case .http(200, _, let body) = answer,
        let bundle = try? JSONDecoder().decode(Found.self, from: Data(body)), bundle.resourceType == "Bundle",
        bundle.type == "searchset"
    else { return nil }
    // A search set may carry an OperationOutcome beside the matches.
    return (bundle.entry ?? []).compactMap(\.resource).filter { $0.resourceType == "Observation" }.compactMap { found in
        found.id.map {
            HeldObservation(
                id: $0, version: found.meta?.versionId, status: found.status ?? "", content: found.content)
        }
    }
    .sorted { ($0.id.utf8.count, $0.id) < ($1.id.utf8.count, $1.id) }
}

// The seam to the network: a request goes out, an answer or none comes back, and nothing in between is interpreted.
//
// The real one is URLSession without cookies, cache or redirects: a reading never follows to an address that nobody
// configured, so a 3xx is an answer like any other. The token is read from its file for each request; whoever renews
// it need not know about us.

import DistrictUpload
import Foundation
import FoundationNetworking

/// One request under the base address.
package struct DistrictRequest: Sendable {
    package var method: String
    /// `metadata`, `Observation/_search`; empty for the base address itself.
    package var path = ""
    package var contentType: String?
    package var body: [UInt8] = []

    static let capabilities = DistrictRequest(method: "GET", path: "metadata")

    static func transaction(_ bundle: TransactionBundle) -> DistrictRequest {
        DistrictRequest(method: "POST", contentType: "application/fhir+json; charset=utf-8", body: bundle.bytes)
    }

    /// By POST: an identifier has no place in a URL that others log.
    static func search(_ identifier: Identifier) -> DistrictRequest {
        DistrictRequest(
            method: "POST", path: "Observation/_search", contentType: "application/x-www-form-urlencoded",
            body: Array(identifier.query.utf8))
    }
}

/// Somebody who carries requests to the district.
package protocol DistrictClient: Sendable {
    func send(_ request: DistrictRequest) async -> Answer
}

/// The district over HTTP.
final class HTTPDistrict: DistrictClient {
    private let base: URL
    private let tokenFile: String?

    init(base: URL, tokenFile: String?) { (self.base, self.tokenFile) = (base, tokenFile) }

    /// A session of its own for each request: on a connection used before and cut before the answer, FoundationNetworking
    /// (Swift 6.3.1) tries to send the body again, cannot rewind it, and turns in circles until the time-out.
    private static func session() -> URLSession {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        // A transaction of 5,000 entries took a small server 4.7 s; a minute is a dead line.
        configuration.timeoutIntervalForRequest = 60
        return URLSession(configuration: configuration, delegate: nil, delegateQueue: nil)
    }

    func send(_ request: DistrictRequest) async -> Answer {
        let session = HTTPDistrict.session()
        defer { session.finishTasksAndInvalidate() }
        do {
            let (data, response) = try await session.data(for: prepared(request), delegate: NoRedirects())
            guard let http = response as? HTTPURLResponse else { return .lost }
            return .http(
                status: http.statusCode, retryAfter: http.value(forHTTPHeaderField: "Retry-After"), body: Array(data))
        } catch {
            return .lost
        }
    }

    private func prepared(_ request: DistrictRequest) -> URLRequest {
        var http = URLRequest(url: request.path.isEmpty ? base : base.appendingPathComponent(request.path))
        http.httpMethod = request.method
        http.setValue("application/fhir+json", forHTTPHeaderField: "Accept")
        http.setValue(UUID().uuidString.lowercased(), forHTTPHeaderField: "X-Request-Id")
        if let type = request.contentType {
            http.setValue(type, forHTTPHeaderField: "Content-Type")
            http.setValue("return=minimal", forHTTPHeaderField: "Prefer")
            http.httpBody = Data(request.body)
        }
        if let token { http.setValue("Bearer \(token)", forHTTPHeaderField: "Authorization") }
        return http
    }

    /// The first line of the token file; nil where there is none, and the district will say what it thinks of that.
    private var token: String? {
        guard let tokenFile, let data = FileManager.default.contents(atPath: tokenFile) else { return nil }
        return String(bytes: data.prefix { $0 != 10 && $0 != 13 }, encoding: .utf8)
    }
}

/// Answers every redirect with *no*, so that the 3xx itself comes back.
private final class NoRedirects: NSObject, URLSessionTaskDelegate {
    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) { completionHandler(nil) }
}

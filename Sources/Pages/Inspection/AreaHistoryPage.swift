/// Every version of an area: who changed what, and when.
public struct AreaHistoryPage: PageModel {
    public var place: AreaPlace
    /// Newest first.
    public var versions: [TimelineEntry]

    public init(place: AreaPlace, versions: [TimelineEntry]) { (self.place, self.versions) = (place, versions) }

    public var title: String { "Who changed what" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: place.title)
        html.p("Nothing is overwritten. Each change is kept with who made it and when.")
        html.timeline(versions)
        html.p { $0.a("Back to the area", to: place.address) }
    }
}

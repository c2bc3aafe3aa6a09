import Kernel

/// A PDF cannot be made here: why, and the same pack for printing from the browser.
public struct PackUnavailablePage: PageModel {
    public var problem: Problem
    public var areaTitle: String
    public var area: WebAddress
    public var printable: WebAddress

    public init(problem: Problem, areaTitle: String, area: WebAddress, printable: WebAddress) {
        (self.problem, self.areaTitle, self.area, self.printable) = (problem, areaTitle, area, printable)
    }

    public var title: String { problem.message }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb(areaTitle, area)] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(problem.message)
        html.p(problem.next)
        html.p("The same pack is here as a page that you can print or save as a PDF from your browser.")
        html.buttonLink("Open the pack for printing", to: printable)
    }
}

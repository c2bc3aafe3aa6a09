/// Areas for improvement, causes of concern and recommendations: the blocks that ask for something.
extension SectionReader {
    mutating func takeBlock(_ line: SourceLine, _ index: Int? = nil) {
        switch mode {
        case .findings: addParagraph(line, leadsIn: false)
        case .areas: takeArea(line, index)
        case .concern: takeConcern(line)
        case .recommendations: takeRecommendation(line)
        }
    }

    private mutating func takeArea(_ line: SourceLine, _ index: Int?) {
        if line.isBullet || (leadIn != nil && startsLowercase(line.text)) {
            blockHasBullets = true
            leadInIsUsed = true
            let text = [leadIn, BulletText.trimmed(line.text)].compactMap { $0 }.joined(separator: " ")
            addArea(text)
        } else if line.text.hasSuffix(":"), !blockHasBullets || Shortcoming.isDemand(line.text) {
            flushLeadIn(line)
            leadIn = String(line.text.prefix(SectionReader.longestLeadIn))
        } else if blockHasBullets {
            mode = .findings
            flushLeadIn(line)
            takeFinding(line, index ?? lines.count)
        } else if !isSentence(line.text), line.text.utf8.count < 140, !Shortcoming.isDemand(line.text) {
            areaTitle = line.text
        } else if areaTitle != nil || Shortcoming.isDemand(line.text) || current.areas.isEmpty {
            addArea(line.text)
        } else {
            addParagraph(line, leadsIn: false)
        }
    }

    private mutating func addArea(_ text: String) {
        let title = areaTitle
        change { $0.areas.append(AreaDraft(title: title, text: text)) }
        areaTitle = nil
    }

    private mutating func takeConcern(_ line: SourceLine) {
        let lower = line.text.lowercased()
        if line.text.hasSuffix(":"), lower.contains("recommend") || Shortcoming.isDemand(line.text) {
            flushLeadIn(line)
            (leadIn, leadInIsUsed) = (String(line.text.prefix(SectionReader.longestLeadIn)), true)
            mode = .recommendations
            return
        }
        if !line.isBullet, lower.contains("recommend"), Shortcoming.isDemand(line.text) {
            takeRecommendation(line)
            return
        }
        let text = line.isBullet ? BulletText.trimmed(line.text) : line.text
        change { section in
            if section.concerns.isEmpty { section.concerns.append(CauseOfConcernDraft(text: [], recommendations: [])) }
            section.concerns[section.concerns.count - 1].text.append(text)
        }
    }

    private mutating func takeRecommendation(_ line: SourceLine) {
        if line.text.hasSuffix(":") {
            (leadIn, leadInIsUsed) = (String(line.text.prefix(SectionReader.longestLeadIn)), true)
            return
        }
        let isListed = line.isBullet || (leadIn != nil && startsLowercase(line.text))
        guard isListed || (!blockHasBullets && Shortcoming.isDemand(line.text)) else {
            mode = .findings
            (leadIn, leadInIsUsed) = (nil, false)
            addParagraph(line, leadsIn: false)
            return
        }
        if isListed { blockHasBullets = true }
        let text =
            isListed ? [leadIn, BulletText.trimmed(line.text)].compactMap { $0 }.joined(separator: " ") : line.text
        change { section in
            if section.concerns.isEmpty { section.concerns.append(CauseOfConcernDraft(text: [], recommendations: [])) }
            section.concerns[section.concerns.count - 1].recommendations.append(text)
        }
    }
}

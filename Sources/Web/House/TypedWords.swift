import HTTPTypes
import Kernel
import Pages

/// What a person typed into a form whose session had ended: it is shown to her once more, and kept nowhere.
enum TypedWords {
    /// Nil when there is nothing to give back, or when the form came from another site.
    static func of(_ call: Call) async -> [SignInPage.Word]? {
        guard call.method == .post, call.body.contentType.hasPrefix("application/x-www-form-urlencoded"),
            SameOrigin.accepts(call.headers, host: call.host, publicOrigin: call.site.settings.publicOrigin),
            let form = try? await call.body.form()
        else { return nil }
        let words = words(of: form)
        return words.isEmpty ? nil : words
    }

    /// Texts of more than one word: identifiers, numbers and tokens have no spaces, and a secret is never shown.
    static func words(of form: FormValues) -> [SignInPage.Word] {
        form.fields.compactMap { name, value in
            guard name != FormToken.field, !name.contains("password"), !name.hasPrefix("sealed"),
                value.contains(where: \.isWhitespace),
                value.contains(where: { !$0.isWhitespace })
            else { return nil }
            return SignInPage.Word(label: label(name), text: value)
        }
    }

    private static func label(_ name: String) -> String {
        let plain = String(name.prefix(60).map { $0.isLetter || $0.isNumber ? $0 : " " })
        return plain.prefix(1).uppercased() + plain.dropFirst()
    }
}

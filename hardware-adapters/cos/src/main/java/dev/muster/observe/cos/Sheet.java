package dev.muster.observe.cos;

import dev.muster.kernel.Refusal;
import dev.muster.observe.Documents.Document;
import org.jspecify.annotations.Nullable;

/** What tells dashboards and rule files apart on this wire: how their content comes in and how it is shown. */
interface Sheet {

    Shape shape();

    /** The field with the content. */
    String field();

    /** The content; null when it is absent or cannot be one, which is noted then. */
    @Nullable
    String content(Fields fields);

    /** Notes what is wrong with fields beside name and content. */
    void others(Fields fields);

    /** Why the content would be refused; null when it would not, or when only storing it can tell. */
    @Nullable
    String faultOf(String content);

    /** A refused content in the contract's words. */
    String worded(Refusal refusal);

    /** The representation; {@code canonical} as it is stored. */
    byte[] shown(Document document, String canonical);
}

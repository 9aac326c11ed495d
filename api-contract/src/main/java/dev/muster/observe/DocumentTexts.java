package dev.muster.observe;

import reactor.core.publisher.Mono;

/**
 * The contents of documents: checked and brought into canonical form on their way in, read from a bounded memory or the
 * artifact store on their way out.
 *
 * <p>Canonical dashboards are compact JSON in UTF-8 with members in the order given and numbers as Python's writer
 * has them; canonical rule files are YAML in block style, see {@code contracts} for COS §6.1. So text that is stored
 * twice is the same text.
 */
public interface DocumentTexts {

    /**
     * Checks, canonicalises and stores. Fails with {@link ObserveRefusal#DASHBOARD_INVALID} or
     * {@link ObserveRefusal#RULES_INVALID}, details {@code line} and {@code column} (from 1) where known, and
     * {@code fault}: {@code syntax} for no JSON or YAML, {@code type} for no object or mapping, {@code limit} for too
     * large, too deep or too many, {@code surrogate} for a character that is half of one, {@code placeholder} for one
     * that nothing can be put in for.
     *
     * @param text a JSON object, or a YAML mapping
     */
    Mono<DocumentContent> store(DocumentKind kind, String text);

    /** The canonical text. Fails with {@link ObserveRefusal#CONTENT_MISSING} when the store has lost it. */
    Mono<String> read(DocumentContent content);
}

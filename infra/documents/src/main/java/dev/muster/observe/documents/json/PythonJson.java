package dev.muster.observe.documents.json;

import dev.muster.observe.JsonFormatter;

/** The layout of Python's own writer. */
public final class PythonJson implements JsonFormatter {

    @Override
    public String spaced(String canonical) {
        return JsonStrings.spaced(canonical);
    }
}

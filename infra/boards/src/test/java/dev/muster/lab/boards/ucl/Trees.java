package dev.muster.lab.boards.ucl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Trees as plain values, in which a whole number is a Long and a real one a Double. */
final class Trees {

    private Trees() {}

    static Object plain(UclValue value) {
        return switch (value) {
            case UclValue.Section section -> {
                Map<String, Object> members = new LinkedHashMap<>();
                section.members().forEach((key, each) -> members.put(key, plain(each)));
                yield members;
            }
            case UclValue.Items items -> {
                List<Object> all = new ArrayList<>();
                items.items().forEach(each -> all.add(plain(each)));
                yield all;
            }
            case UclValue.Text text -> text.text();
            case UclValue.Whole whole -> whole.value();
            case UclValue.Real real -> real.value();
            case UclValue.Truth truth -> truth.value();
            case UclValue.Nothing nothing -> "(null)";
        };
    }

    static Object read(String text) {
        return plain(UclReader.ofTextAlone().read(new UclSource(null, text)).root());
    }
}

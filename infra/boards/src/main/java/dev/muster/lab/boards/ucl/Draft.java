package dev.muster.lab.boards.ucl;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value that may still grow, because its key may come again. Adding to one costs what is added and not what is there
 * already; values that cannot change any more are made once, at the end.
 */
sealed interface Draft {

    UclValue frozen();

    /** A value that does not grow. */
    record Leaf(UclValue value) implements Draft {
        @Override
        public UclValue frozen() {
            return value;
        }
    }

    /** A list, by brackets or because a key was given again. */
    record Items(List<Draft> items, boolean repeated, Place place) implements Draft {

        static Items inBrackets(Place place) {
            return new Items(new ArrayList<>(), false, place);
        }

        static Items repeated(Draft first) {
            return new Items(new ArrayList<>(List.of(first)), true, first.begin());
        }

        @Override
        public UclValue frozen() {
            return new UclValue.Items(items.stream().map(Draft::frozen).toList(), repeated, place);
        }
    }

    /** An object. */
    record Section(Map<String, Slot> slots, Place place) implements Draft {

        Section(Place place) {
            this(new LinkedHashMap<>(), place);
        }

        /** @param where for a fault, when the key must not come again */
        void add(String key, Draft added, int priority, Duplicates duplicates, Place where) {
            Slot slot = slots.get(key);
            if (slot == null) {
                slots.put(key, new Slot(added, priority));
                return;
            }
            switch (duplicates) {
                case APPEND -> slot.append(added, priority);
                case MERGE -> slot.merge(added, priority, where);
                case REWRITE -> slot.replace(added, priority);
                case ERROR -> throw UclFault.at(where, "The key '" + Shown.of(key) + "' is given again.");
            }
        }

        @Override
        public UclValue frozen() {
            Map<String, UclValue> members = LinkedHashMap.newLinkedHashMap(slots.size());
            slots.forEach((key, slot) -> members.put(key, slot.draft.frozen()));
            return new UclValue.Section(members, place);
        }
    }

    /** What stands at a key. */
    final class Slot {

        private Draft draft;
        private int priority;

        Slot(Draft draft, int priority) {
            this.draft = draft;
            this.priority = priority;
        }

        void replace(Draft added, int priority) {
            this.draft = added;
            this.priority = priority;
        }

        void append(Draft added, int priority) {
            if (priority > this.priority) {
                replace(added, priority);
            } else if (priority == this.priority) {
                collect(added);
            }
        }

        private void collect(Draft added) {
            Items all = draft instanceof Items here && here.repeated() ? here : Items.repeated(draft);
            if (added instanceof Items there && there.repeated()) {
                all.items().addAll(there.items());
            } else {
                all.items().add(added);
            }
            draft = all;
        }

        void merge(Draft added, int priority, Place where) {
            if (draft instanceof Section here && added instanceof Section there) {
                there.slots.forEach((key, slot) -> here.add(key, slot.draft, slot.priority, Duplicates.MERGE, where));
            } else if (draft instanceof Items here
                    && added instanceof Items there
                    && !here.repeated
                    && !there.repeated) {
                here.items.addAll(there.items);
            } else {
                append(added, priority);
            }
        }
    }

    /** Where it begins. */
    default Place begin() {
        return switch (this) {
            case Leaf leaf -> leaf.value().place();
            case Items items -> items.place();
            case Section section -> section.place();
        };
    }
}

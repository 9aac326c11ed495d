package dev.muster.overview.view;

/**
 * Where documents of one kind lie.
 *
 * @param name of the collection, without its generation
 * @param type a record; its components are the document's members
 */
public record ViewCollection<V>(String name, Class<V> type) {

    public ViewKey key(String id) {
        return new ViewKey(this, id);
    }
}

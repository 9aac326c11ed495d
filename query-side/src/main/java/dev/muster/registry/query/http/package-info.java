/** Manners of answers over HTTP: validators and links. */
@NullMarked
package dev.muster.registry.query.http;

import org.jspecify.annotations.NullMarked;

/** Answers to people about apps and the devices they run on. */
@NullMarked
package dev.muster.apps.query.http;

import org.jspecify.annotations.NullMarked;

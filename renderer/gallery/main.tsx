// Entry of the gallery.
export {}

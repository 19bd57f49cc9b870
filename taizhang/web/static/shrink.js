// A photo is made smaller on the device before it is sent; when and with what it was taken stays in it. The pages of records
// and 现场 use it alike, so it is no module: it says window.shrunk.
"use strict";

(() => {
  const LONGEST = 2400;
  const LARGE = 1_500_000;
  const EXIF = 0x45786966;
  const ORIENTATION = 0x0112;

  // What the camera wrote stands in a segment of its own at the head of a JPEG; a canvas forgets it.
  function cameraWords(bytes) {
    const view = new DataView(bytes);
    if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; at + 8 <= view.byteLength && view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint8(at + 1);
      if (marker === 0xda) return null;
      if (marker === 0xe1 && view.getUint32(at + 4) === EXIF) return bytes.slice(at, at + 2 + view.getUint16(at + 2));
    }
    return null;
  }

  // The canvas drew it upright, so that nobody must turn it again.
  function upright(segment) {
    const view = new DataView(segment);
    const tiff = 10;
    const little = view.getUint16(tiff) === 0x4949;
    const first = tiff + view.getUint32(tiff + 4, little);
    const entries = view.getUint16(first, little);
    for (let at = first + 2; at < first + 2 + 12 * entries; at += 12) {
      if (view.getUint16(at, little) === ORIENTATION) view.setUint16(at + 8, 1, little);
    }
    return segment;
  }

  // The same photo, smaller; the file itself where that cannot be done, or would be no smaller.
  window.shrunk = async (file) => {
    if (file.type !== "image/jpeg") return file;
    try {
      const words = cameraWords(await file.arrayBuffer());
      const bitmap = await window.createImageBitmap(file);
      const scale = Math.min(1, LONGEST / Math.max(bitmap.width, bitmap.height));
      if (scale === 1 && file.size < LARGE) return file;
      const canvas = document.createElement("canvas");
      canvas.width = Math.round(bitmap.width * scale);
      canvas.height = Math.round(bitmap.height * scale);
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const drawn = await new Promise((resolve) => { canvas.toBlob(resolve, "image/jpeg", 0.85); });
      if (!drawn || drawn.size >= file.size) return file;
      const parts = words ? [drawn.slice(0, 2), upright(words), drawn.slice(2)] : [drawn];
      return new File(parts, file.name, { type: "image/jpeg", lastModified: file.lastModified });
    } catch {
      return file;
    }
  };
})();

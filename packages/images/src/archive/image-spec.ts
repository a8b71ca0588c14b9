/** Files of one layer. Paths in the image are absolute; sources are files or folders of this machine. */
export interface LayerSpec {
  /** Path in the image → file or folder of this machine. */
  files?: Record<string, string>;
  /** Like `files`, each with the shared libraries it is linked to, which go where they lie on this machine. */
  programs?: Record<string, string>;
  /** Path in the image → what it holds. */
  texts?: Record<string, string | { text: string; mode: number }>;
  /** Path in the image → what it links to. */
  links?: Record<string, string>;
  /** Folders with a mode of their own, like `/tmp`. */
  folders?: Record<string, number>;
}

/** An image: layers that others may share, one of its own, and how it runs. */
export interface ImageSpec extends LayerSpec {
  /** Full names: `registry/name:tag`. */
  tags: string[];
  /** Layers below. The same object in two images is stored once. */
  base?: readonly LayerSpec[];
  entrypoint?: string[];
  cmd?: string[];
  env?: Record<string, string>;
  /** Numeric, or Kubernetes cannot see that it is not root. */
  user?: string;
  workdir?: string;
  ports?: number[];
  labels?: Record<string, string>;
}

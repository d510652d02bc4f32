// The hot kernels as WebAssembly with 128-bit vectors, in AssemblyScript. The host lays out the memory and passes byte
// offsets; nothing is allocated here, and 64 bytes beyond every region may be read and written. Built by
// scripts/build-simd.ts into ../module.ts.
export * from './table'
export * from './histogram'
export * from './gaussian'
export * from './laplacian'
export * from './median'
export * from './clahe'
export * from './lightness'
export * from './fourier'

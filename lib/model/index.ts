export { type ConnectionModel, Model, type ServiceModel } from './model';
